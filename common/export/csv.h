// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Comma-separated values as RFC 4180 has them. Pure.
namespace Csv {

/// A field that may hold anything (section 2).
inline QByteArray quoted(QString field)
{
    return '"' + field.replace(u'"', QStringLiteral("\"\"")).toUtf8() + '"';
}

/// Empty if it does not apply.
inline QByteArray number(qint64 value, bool applies)
{
    return applies ? QByteArray::number(value) : QByteArray();
}

} // namespace Csv
