"""What each page says about itself, kept by Sphinx between builds and gathered when pages are read in processes."""

from sphinx.environment.collectors import EnvironmentCollector


class PageData(EnvironmentCollector):
    """`{page: value}`, kept under `name`: directives and transforms write it, a page that is read again starts anew.

    A subclass gives the name and is handed to `app.add_env_collector`.
    """

    name = None

    @classmethod
    def of(cls, env):
        return vars(env).setdefault(cls.name, {})

    def process_doc(self, app, doctree):
        pass  # written while the page is read

    def clear_doc(self, app, env, docname):
        self.of(env).pop(docname, None)

    def merge_other(self, app, env, docnames, other):
        self.of(env).update({page: value for page, value in self.of(other).items() if page in docnames})
