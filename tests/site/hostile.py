"""A catalog whose every text tries to be something else: a tag, a script, a table, a link, a template, a heading."""

import json
from collections.abc import Iterator

TEXTS = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(2)">',
    "closing": "</title></p></svg></script><svg onload=alert(3)>",
    "attribute": '" onmouseover="alert(4)" x=\'',
    "pipes": "a | b || c |---| d",
    "code": "`code` ``twice`` ```three",
    "link": "[x](javascript:alert(5)) ![y](http://host.example/z.png) <http://host.example>",
    "reference": "[x]: http://host.example 'y' [^1] [[wiki]] *[HTML]: abbreviation",
    "template": "{{ config }} {% raw %} {# note #} ${x} {0} %s",
    "snippet": '--8<-- "mkdocs.yml" ;--8<--',
    "attributes": "title {: .class onclick=alert(6) } { #id }",
    "emphasis": "**bold** __also__ ~~struck~~ ==marked== ^^over^^ H~2~O ++ctrl+x++ *a*",
    "heading": "# heading",
    "list": "- item",
    "number": "1. item",
    "quote": "> quote",
    "admonition": '!!! danger "title"',
    "tab": '=== "tab"',
    "rule": "---",
    "emoji": ":smile: :material-account: 🎉👩‍👩‍👧",
    "math": "$x^2$ \\(y\\) \\[z\\]",
    "entity": "&lt;b&gt; &amp; &#60; &nbsp;",
    "arabic": "باقة الألياف (500)",
    "hebrew": "סיבים לבית",
    "long": "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
    "lines": "first\nsecond\n\n# third\n\n<script>alert(7)</script>",
    "front": "---\ntitle: x\n---",
    "url": "javascript:alert(8)",
    "backslash": "\\<b\\> \\` \\| C:\\dir\\",
    "comment": "<!-- comment --> <![CDATA[ x ]]> <?php x ?>",
    "style": "</style><style>body{display:none}</style>",
    "quotes": 'it\'s "quoted" «so» „too“',
    "control": "a\u200bb\u00adc\ufeffd",
}


def files() -> dict[str, str]:
    """The catalog: an offering, a product, a service, a network service, a system and a category for each text."""
    return {f"{name}.yaml": "---\n".join(_entities(name, text)) for name, text in TEXTS.items()}


def _entities(name: str, text: str) -> Iterator[str]:
    said = json.dumps(text, ensure_ascii=False)
    named = f"name: {said}\ndescription: {said}\n"
    yield f"kind: Category\nid: cat-{name}\n{named}"
    yield (
        f"kind: ProductOffering\nid: {name}\n{named}product: {name}\ncategories: [cat-{name}]\nlifecycle: Launched\n"
        f"prices:\n  monthly: {{type: recurring, every: 1 month, amount: 10 EUR, name: {said}, description: {said}}}\n"
    )
    yield (
        f"kind: ProductSpecification\nid: {name}\n{named}characteristics:\n"
        f"  colour: {{name: {said}, description: {said}, values: {{a: {said}, b: b}}, default: a}}\nservices: {{{name}: {{}}}}\n"
    )
    yield f"kind: CustomerFacingServiceSpecification\nid: {name}\n{named}services: {{net-{name}: {{}}}}\n"
    yield (
        f"kind: ResourceFacingServiceSpecification\nid: net-{name}\nname: {json.dumps(text + ' net', ensure_ascii=False)}\n"
        f"description: {said}\ncontroller: sys-{name}\nresources: [box-{name}]\n"
    )
    yield f"kind: PhysicalResourceSpecification\nid: box-{name}\n{named}vendor: {said}\nmodel: {said}\n"
    yield f"kind: System\nid: sys-{name}\n{named}role: domain-controller\n"
