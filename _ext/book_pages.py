"""The frame around a page: only buttons that do something, and nothing fetched that the page does not use."""


def frame(app, pagename, templatename, context, doctree):
    context["notebook_url"] = ""
    if context.get("page_source_suffix") == ".ipynb":
        context["notebook_url"] = f"{context['pathto']('_sources', 1)}/{context['sourcename']}"


def setup(app):
    app.connect("html-page-context", frame, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
