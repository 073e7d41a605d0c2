// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

#include <QList>

/// A Step as people read it. All prose about steps and events is here, so that the log, standard error and the
/// notices use the same words. Pure functions; any thread.
namespace StepText {

/// A run of characters in an escaped text.
struct Range {
    qsizetype start = 0;
    qsizetype length = 0;
};

struct Escaped {
    QString text;
    QList<Range> escapes; ///< the parts of text that stand for something else; elsewhere a backslash is a backslash
};

/// What a peer sent, made harmless: control characters (C0, DEL, C1), U+2028, U+2029, bidi controls, invisible format
/// characters become \n, \t, \r, \x1b (C0, DEL), \u0085, \u202e, \U000e0001, and each byte that is not of valid UTF-8
/// becomes \x80 to \xff. Backslashes stay as they are. Escapes that touch are one range. maxCharacters < 0: all of it;
/// else at most so many source characters, and the text ends with "…" if cut.
Escaped escaped(QByteArrayView bytes, qsizetype maxCharacters = -1);

/// "[2] Recv: Hi, server! I'm client.", "[5] Close Socket", "[5] Reset Socket": the original's lines, to the byte.
/// For an event, its sentence. maxCharacters as in escaped(); a text cut by it or by what is kept ends with "…".
QString line(const Step &step, qsizetype maxCharacters = -1);
/// The same with the ranges that are escapes.
Escaped markedLine(const Step &step, qsizetype maxCharacters = -1);

/// "12:54:05.871752" in local time.
QString clock(const StepTime &time);
/// "#1", or nothing for an event of no connection.
QString connection(const Step &step);
/// "24 B", "1.5 KiB"; empty if bytes do not apply.
QString size(qint64 bytes);
/// "24 B", "490,000 B", never in larger units.
QString exactSize(qint64 bytes);
/// "24 B (23 + NUL)", or just the size if it is no message; empty if bytes do not apply.
QString exactSizeExplained(const Step &step);
/// "23 + NUL", "6, unterminated", "16 MiB, a part": what the bytes of a message are.
QString sizeExplained(const Step &step);

/// The fixed lower-case word of an event ("peer-finished") or kind of a step ("send"), as in session files.
QLatin1StringView word(StepKind kind);
/// The kind that has this word; false if there is none.
bool fromWord(QStringView word, StepKind &kind);

/// "server", "client"
QLatin1StringView word(Side side);

} // namespace StepText
