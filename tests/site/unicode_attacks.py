"""Attacks with characters: those that look like others, and those that are not seen or that control a terminal."""

from __future__ import annotations

UNICODE_ATTACKS = [
    "a\ufe0fb\ufe0eattacked",
    "p\u0430yroll attacked",
    "adm\u0456n\u200d attacked",
    "\uff1cx-attacked\uff1e \ufe64x-attacked\ufe65 \u2039x-attacked\u203a",
    "x\u0338\u0338<\u0338x-attacked>",
    "\u1680\u2003\u3000attacked\u00a0",
    "\ufffc\ufffd attacked",
    "i\u0307 \u0130 \u1e9e \ufb01 attacked",
    "\u115f\u3164\u2800 attacked",
    "\u0600\u06dd\u070f attacked",
    "\xadatt\xadacked͏",
    "\u180eattacked ឴឵",
]

#: What a charter must not have, and git stores: terminals and readers would obey it.
CONTROLS = {
    **{
        f"direction {ord(sign):x}": f"a{sign}b"
        for sign in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    },
    "title": "\x1b]0;attacked\x07",
    "hyperlink": "\x1b]8;;http://evil.example\x07press\x1b]8;;\x07",
    "clipboard": "\x1b]52;c;YXR0YWNrZWQ=\x07",
    "palette": "\x1b]4;1;rgb:00/00/00\x1b\\",
    "device control": '\x1bP$q"p\x1b\\',
    "application command": "\x1b_attacked\x1b\\",
    "report": "\x1b[6n\x1b[c",
    "erase": "\x1b[2J\x1b[H",
    "scroll": "\x1b[1;1r",
    "alternate screen": "\x1b[?1049h",
    "eight bits": "\x9d0;attacked\x9c\x9b31m",
    "shift": "\x0e\x0f",
    "return": "good\rattacked",
    "section of GitLab": "section_start:0:a\r\x1b[0K",
    "next line": "a\x85::error::attacked",
    "form feed": "a\x0c::error::attacked\x0b",
    "tags": "a" + "".join(chr(0xE0000 + ord(one)) for one in "::error::attacked") + "\U000e007f",
    "variation selectors": "a" + "".join(chr(0xE0100 + ord(one)) for one in "attacked"),
    "hyperlink, 8 bits": "\x9d8;;http://evil.example\x9cpress\x9d8;;\x9c",
    "device control, 8 bits": "\x90$q\x9c\x90+q544e\x9c",
    "private message": "\x1b^attacked\x1b\\\x9eattacked\x9c",
    "start of string": "\x1bXattacked\x1b\\\x98attacked\x9c",
    "image": "\x1b]1337;File=inline=1:YQ==\x07\x1bPq#0;2;0;0;0\x1b\\\x1b_Ga=T;YQ==\x1b\\",
    "notification": "\x1b]9;attacked\x07\x1b]777;notify;a;b\x07\x1b]99;;a\x1b\\",
    "pointer and keys": "\x1b[?1003h\x1b[?2004h\x1b[>1u\x1b[200~attacked\x1b[201~",
    "character set": "\x1b(0\x1b)0\x1b%G\x1bc\x1b#8",
    "bell and delete": "\x07a\x7f",
    "section of GitLab, collapsed": "\x1b[0Ksection_start:1600000000:a[collapsed=true]\r\x1b[0Kattacked",
    "separators": "a\x1c::error::attacked\x1d\x1e\x1f::error::attacked",
    "byte order marks": "\ufeff::error::attacked\ufffe",
    "deprecated format": "a\u206a\u206b\u206c\u206d\u206e\u206fb\ufff9c\ufffad\ufffb",
}
