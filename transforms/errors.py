"""The errors this project raises on purpose.

QinqingError                      one line for the user; `exit_code` is what the program returns
├── UsageError                    wrong words on the command line                               2
├── FetchError                    the network's or the server's fault: try again                 4
│   └── BlockedError              a challenge page instead of the article: stop the run          5
├── PageError                     trying again gives the same page                              65
│   ├── NotAnArticleError         the page is a list, a challenge, an image …
│   ├── UnknownSiteError          no site module knows the address
│   └── LayoutError               the page no longer looks as its site module says
├── ConfigurationError            a setting is unknown or has a bad value                      78
├── LexiconError                  a row of a lexicon contradicts another or cannot be read       78
├── PeriodError                   a period on the command line cannot be read                    2
├── InputError                    a file or folder given by the user cannot be read             1
├── ArchiveError                  a WARC cannot be read or written                              74
├── CannotCreateError             a file or folder of ours cannot be made                       73
├── EngineError                   the processes or the cluster that read pages failed            1
└── WarehouseError                the database cannot be used                                    1
    ├── BusyError                 another process holds it                                      75
    ├── DiskError                 the disk is full, or the log is damaged                       74
    └── SchemaError               its schema is newer than this program                         78
"""

from __future__ import annotations


class QinqingError(Exception):
    """Anything this project raises on purpose; its text is one line that says what to do."""

    exit_code = 1


class UsageError(QinqingError):
    """Wrong words on the command line."""

    exit_code = 2


class FetchError(QinqingError):
    """The page did not arrive."""

    exit_code = 4


class BlockedError(FetchError):
    """The server sent a challenge page."""

    exit_code = 5


class PageError(QinqingError):
    """The page arrived and cannot be read; `url` says which."""

    exit_code = 65

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{problem}: {url}" if url else problem)
        self.url = url
        self.problem = problem


class NotAnArticleError(PageError):
    """The page is a list, a challenge, an image: anything but an article."""


class UnknownSiteError(PageError):
    """No site module knows the address."""


class LayoutError(PageError):
    """The page no longer looks as its site module says."""


class ConfigurationError(QinqingError):
    """A setting is unknown or has a bad value."""

    exit_code = 78


class LexiconError(QinqingError):
    """A row of a lexicon contradicts another or cannot be read."""

    exit_code = 78


class PeriodError(UsageError):
    """A period on the command line cannot be read."""


class InputError(QinqingError):
    """A file or folder given by the user cannot be read."""

    exit_code = 1


class ArchiveError(QinqingError):
    """A WARC cannot be read or written."""

    exit_code = 74


class CannotCreateError(QinqingError):
    """A file or folder of ours cannot be made."""

    exit_code = 73


class EngineError(QinqingError):
    """The processes or the cluster that read pages failed; the same command resumes."""


class WarehouseError(QinqingError):
    """The database cannot be used."""


class BusyError(WarehouseError):
    """Another process holds the database."""

    exit_code = 75


class SchemaError(WarehouseError):
    """The schema of the database is newer than this program."""

    exit_code = 78


class DiskError(WarehouseError):
    """The disk is full, or what it holds of the database is damaged."""

    exit_code = 74
