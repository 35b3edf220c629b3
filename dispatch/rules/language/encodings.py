"""Tells the encodings in which files come that are no UTF-8."""


def is_gbk(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 are Chinese in the code page of Windows."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
