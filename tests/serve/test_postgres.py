"""x"""

from sqlalchemy import create_engine, text


def test_x(database):
    e = create_engine(database.replace("postgresql:", "postgresql+pg8000:"))
    with e.begin() as c:
        c.execute(text("create table a (b integer)"))
    e.dispose()


def test_y(database):
    e = create_engine(database.replace("postgresql:", "postgresql+pg8000:"))
    with e.begin() as c:
        c.execute(text("create table a (b integer)"))
    e.dispose()
