"""Adds the pages that are not in docs/ to the site, and makes links to other files of the repository work there."""

import os
import posixpath
import re

from mkdocs.structure.files import File

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))

# Path in the repository, page of the site.
ELSEWHERE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "reporting.md",
    "CHANGELOG.md": "changelog.md",
    "src/lab/README.md": "lab.md",
    "src/bench/README.md": "policy-evaluation.md",
}
SOURCES = {page: path for path, page in ELSEWHERE.items()}

LINK = re.compile(r"(!?)\[([^\]\[]*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *(`{3,})[a-z]*$")


def on_files(files, config):
    for path, page in ELSEWHERE.items():
        source = os.path.join(ROOT, path)
        if os.path.exists(source):
            files.append(File.generated(config, page, abs_src_path=source))
    return files


def on_page_markdown(markdown, page, config, files):
    uri = page.file.src_uri
    directory = posixpath.dirname(SOURCES.get(uri, posixpath.join("docs", uri)))

    def replace(match):
        picture, text, link = match.groups()
        if re.match(r"[a-z]+:|#", link):
            return match.group()
        path, _, anchor = link.partition("#")
        target = destination(posixpath.normpath(posixpath.join(directory, path)), config, files)
        if target is None:
            return text
        relative = posixpath.relpath(target, posixpath.dirname(uri) or ".")
        return f"{picture}[{text}]({relative}{'#' + anchor if anchor else ''})"

    return "\n".join(text if is_code else LINK.sub(replace, text) for is_code, text in parts(markdown.splitlines()))


def destination(path, config, files):
    """The page or file of the site for a path of the repository; None for a directory."""
    if path in ELSEWHERE:
        return ELSEWHERE[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    source = os.path.join(ROOT, path)
    if os.path.isdir(source):
        return None
    copy = "files/" + path
    if os.path.exists(source) and files.get_file_from_path(copy) is None:
        files.append(File.generated(config, copy, abs_src_path=source))
    return copy


def parts(lines):
    """Blocks of code, and the text between them: a link may span lines."""
    text, end = [], None
    for line in lines:
        fence = FENCE.match(line)
        text.append(line)
        if end is None and fence:
            yield False, "\n".join(text[:-1])
            text, end = [line], fence.group(1)
        elif end is not None and line.strip() == end:
            yield True, "\n".join(text)
            text, end = [], None
    yield end is not None, "\n".join(text)
