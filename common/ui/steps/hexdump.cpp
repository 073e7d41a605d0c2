// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "hexdump.h"

namespace {

constexpr qsizetype bytesPerLine = 16;
constexpr qsizetype offsetDigits = 8;
constexpr qsizetype hexStart = offsetDigits + 2;
constexpr qsizetype charStart = hexStart + bytesPerLine * 3 + 2;

char digit(int value)
{
    return "0123456789abcdef"[value & 0xf];
}

void appendLine(QByteArray &dump, qsizetype offset, QByteArrayView bytes)
{
    QByteArray line(charStart, ' ');
    for (qsizetype i = 0; i < offsetDigits; ++i)
        line[i] = digit(int(offset >> (4 * (offsetDigits - 1 - i))));
    qsizetype at = hexStart;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const int byte = uchar(bytes[i]);
        line[at] = digit(byte >> 4);
        line[at + 1] = digit(byte);
        at += i == bytesPerLine / 2 - 1 ? 4 : 3;
    }
    line += '|';
    for (const char byte : bytes)
        line += byte >= 0x20 && byte < 0x7f ? byte : '.';
    line += '|';
    if (offset > 0)
        dump += '\n';
    dump += line;
}

} // namespace

QString HexDump::text(QByteArrayView bytes)
{
    QByteArray dump;
    dump.reserve((bytes.size() / bytesPerLine + 1) * (charStart + bytesPerLine + 3));
    for (qsizetype offset = 0; offset < bytes.size(); offset += bytesPerLine)
        appendLine(dump, offset, bytes.sliced(offset, qMin(bytesPerLine, bytes.size() - offset)));
    return QString::fromLatin1(dump);
}
