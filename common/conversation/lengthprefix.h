// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/framing.h"

/// The number in a length prefix, as bytes. Pure.
namespace LengthPrefix {

/// The number in the field's width bytes at data.
inline quint64 read(const char *data, const Framing::LengthField &field)
{
    quint64 number = 0;
    for (int i = 0; i < field.width; ++i)
        number = number << 8 | uchar(data[field.isLittleEndian ? field.width - 1 - i : i]);
    return number;
}

inline void write(char *data, quint64 number, const Framing::LengthField &field)
{
    for (int i = 0; i < field.width; ++i)
        data[field.isLittleEndian ? i : field.width - 1 - i] = char(number >> (8 * i));
}

inline quint64 highest(const Framing::LengthField &field)
{
    return field.width == 8 ? ~quint64(0) : (quint64(1) << (8 * field.width)) - 1;
}

} // namespace LengthPrefix
