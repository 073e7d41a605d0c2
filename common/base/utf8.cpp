// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "utf8.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace {

struct Span {
    char32_t first;
    char32_t last;
};

/// Characters that are invisible but not of the category "format": fillers, joiners, variation selectors, tags,
/// noncharacters.
constexpr std::array invisible = {
    Span{0x034F, 0x034F}, Span{0x115F, 0x1160}, Span{0x17B4, 0x17B5},   Span{0x180B, 0x180F},
    Span{0x2065, 0x2065}, Span{0x3164, 0x3164}, Span{0xFDD0, 0xFDEF},   Span{0xFE00, 0xFE0F},
    Span{0xFFA0, 0xFFA0}, Span{0xFFF0, 0xFFF8}, Span{0xE0000, 0xE0FFF},
};

/// Returns the number of bytes of a character that begins with lead, or 0 if no character does.
qsizetype lengthFromLead(uchar lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

bool isContinuation(char byte)
{
    return (uchar(byte) & 0xC0) == 0x80;
}

} // namespace

Utf8::Character Utf8::at(QByteArrayView bytes, qsizetype from)
{
    const auto lead = uchar(bytes[from]);
    if (lead < 0x80)
        return {lead, 1, true};
    const qsizetype length = lengthFromLead(lead);
    if (length == 0 || from + length > bytes.size())
        return {};
    char32_t code = lead & (0xFF >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        const char byte = bytes[from + i];
        if (!isContinuation(byte))
            return {};
        code = (code << 6) | (uchar(byte) & 0x3F);
    }
    const bool isOverlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (isOverlong || QChar::isSurrogate(code) || code > QChar::LastValidCodePoint)
        return {};
    return {code, length, true};
}

QByteArrayView Utf8::whole(QByteArrayView bytes)
{
    const qsizetype farthest = std::min<qsizetype>(3, bytes.size());
    for (qsizetype back = 1; back <= farthest; ++back) {
        const char byte = bytes[bytes.size() - back];
        if (isContinuation(byte))
            continue;
        return lengthFromLead(uchar(byte)) > back ? bytes.chopped(back) : bytes;
    }
    return bytes;
}

bool Utf8::isHidden(char32_t code)
{
    if (code < 0x80)
        return code < 0x20 || code == 0x7F;
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    if ((code & 0xFFFE) == 0xFFFE)
        return true;
    return std::any_of(invisible.begin(), invisible.end(),
                       [code](const Span &span) { return code >= span.first && code <= span.last; });
}
