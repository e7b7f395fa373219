"""Handbooks that were written for other programs, as drawings of their files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

JEKYLL = {
    "_config.yml": "title: Acme playbook\nurl: https://playbook.acme.example\nsource: src\n",
    "src/index.md": "---\nlayout: default\ntitle: Welcome\n---\nHello. Read [how we pay](/pay/).\n",
    "src/pay.md": "---\ntitle: How we pay\nredirect_from: /old/pay\n---\n1. Ask.\n2. Wait.\n3. Pay.\n",
    "src/_layouts/default.html": "<html>{{ content }}</html>",
    "README.md": "# For those who change it\n",
}
GITBOOK = {
    ".gitbook.yaml": "root: ./book\nredirects:\n  old/pay: money/pay.md\n",
    "book/SUMMARY.md": (
        "# Summary\n\n* [Welcome](README.md)\n\n## Money & more\n\n* [Money](money/README.md)\n"
        "  * [Pay\\_ments](money/pay.md)\n  * [Gone](money/gone.md)\n* [Forum](https://forum.example/)\n"
    ),
    "book/README.md": "# Acme book\n\n![A chart](.gitbook/assets/a%20chart.png)\n",
    "book/money/README.md": '# Money\n\n{% hint style="warning" %}\nAsk first.\n{% endhint %}\n',
    "book/money/pay.md": "# Pay\n\nName the folder <Order ID>.\n",
    "book/.gitbook/assets/a chart.png": "not a picture",
}
HUGO = {
    "hugo.toml": 'baseURL = "https://hugo.example/"\ntitle = "Hugo handbook"\n',
    "content/_index.md": '+++\ntitle = "Home"\n+++\nWords.\n',
    "content/team/_index.md": "---\ntitle: Team\n---\nWords.\n",
    "content/team/roles.md": '---\ntitle: Roles\nweight: 3\n---\nSee {{< ref "leave.md" >}}.\n',
    "content/team/leave.md": "---\ntitle: Leave\n---\n{{< figure src=a.png >}}\n",
}
DOCUSAURUS = {
    "docusaurus.config.js": "export default {\n  title: 'Docu book',\n  url: 'https://docu.example',\n};\n",
    "package.json": "{}",
    "docs/intro.md": "---\nslug: /\nsidebar_position: 1\n---\nimport Tabs from '@theme/Tabs';\n\n# Intro\n\n<Tabs>x</Tabs>\n",
    "docs/how-to/claim.md": "# Claim\n\n:::note\n\nKeep receipts.\n\n:::\n",
    "versioned_docs/version-1/intro.md": "# Old intro\n",
    "node_modules/x/README.md": "# Not ours\n",
}
ELEVENTY = {
    ".eleventy.js": 'module.exports = () => ({ dir: { input: "pages", output: "_site" } });\n',
    "pages/index.md": "# Eleven\n",
    "pages/a.md": "# A\n\n{{ title }}\n",
}
MIDDLEMAN = {"config.rb": "set :x, 1\n", "source/index.md": "# Middle\n", "source/a.md": "# A\n"}
MDBOOK = {
    "book.toml": '[book]\ntitle = "Rusty"\nsrc = "text"\n',
    "text/SUMMARY.md": "# Summary\n\n- [One](one.md)\n",
    "text/one.md": "# One\n",
}
POLICIES = {
    "themes/base/policies/access.md": "id: access\nname: Access\n---\n# Access\n\n{{.Name}} grants it.\n",
    "themes/base/procedures/offboard.md": "# Offboard\n",
}
PLAIN = {"docs/index.md": "# Plain book\n", "docs/two words/ä page.md": "# A page\n", "README.md": "# Readme\n"}


def draw(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files into a folder and return it."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
