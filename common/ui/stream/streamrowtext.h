// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "stream/streamrows.h"

#include <QString>

/// The text of a row of a followed stream. Pure.
namespace StreamRowText {

/// offset: of the row's first byte in the sender's stream, for the hex dump. Text is escaped as in the log, without the
/// newline that ends the row; missing bytes are a sentence in brackets.
QString of(const StreamPart &row, StreamForm form, qint64 offset);

/// A range of characters.
struct Range {
    qsizetype from = 0;
    qsizetype to = 0;
};
/// The characters of the text that show the bytes from ≤ i < to of the row.
Range characters(const StreamPart &row, StreamForm form, qint64 offset, qsizetype from, qsizetype to);

} // namespace StreamRowText
