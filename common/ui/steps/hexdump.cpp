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

QByteArray lineOf(qint64 offset, QByteArrayView bytes)
{
    QByteArray line = QByteArray::number(offset, 16).rightJustified(offsetDigits, '0');
    line.append(charStart - offsetDigits, ' ');
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const int byte = uchar(bytes[i]);
        const qsizetype at = HexDump::column(offset, i);
        line[at] = digit(byte >> 4);
        line[at + 1] = digit(byte);
    }
    line += '|';
    for (const char byte : bytes)
        line += byte >= 0x20 && byte < 0x7f ? byte : '.';
    line += '|';
    return line;
}

} // namespace

QString HexDump::line(qint64 offset, QByteArrayView bytes)
{
    return QString::fromLatin1(lineOf(offset, bytes));
}

qsizetype HexDump::column(qint64 offset, qsizetype index)
{
    qsizetype digits = offsetDigits;
    while (digits < 16 && offset >> (4 * digits) > 0)
        ++digits;
    return digits - offsetDigits + hexStart + index * 3 + (index >= bytesPerLine / 2 ? 1 : 0);
}

QString HexDump::text(QByteArrayView bytes)
{
    QByteArray dump;
    dump.reserve((bytes.size() / bytesPerLine + 1) * (charStart + bytesPerLine + 3));
    for (qsizetype offset = 0; offset < bytes.size(); offset += bytesPerLine) {
        if (offset > 0)
            dump += '\n';
        dump += lineOf(offset, bytes.sliced(offset, qMin(bytesPerLine, bytes.size() - offset)));
    }
    return QString::fromLatin1(dump);
}
