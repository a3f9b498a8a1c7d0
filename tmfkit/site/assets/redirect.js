// A page under an old name leads to the new one, and keeps the place on the page that a link names.
location.replace(document.querySelector("a[rel=canonical]").href + location.hash);
