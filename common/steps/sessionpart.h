// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Lines of a session file that follow each other, for another thread to read. A plain value; crosses threads.
struct SessionPart {
    QString path;
    qint64 from = 0;         ///< offset of the first line
    qint64 to = 0;           ///< all lines before this offset are on disk; not after from: there is nothing to read
    qsizetype firstRow = 0;  ///< the first line's
    qsizetype wantedRow = 0; ///< of one of the first lines: what was asked for
};
