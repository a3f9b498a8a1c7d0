// A box that scrolls sideways, such as a wide table, is reached and moved by the keyboard in every browser.
const reach = () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code, .tk-source, .tk-scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
};
addEventListener("load", () => setTimeout(reach));
addEventListener("resize", reach);
