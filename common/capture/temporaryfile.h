// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// A file without a name (mode 0600) in the folder for temporary files, which disappears with this object. It takes up
/// to 8 GiB, but never more than half of the space that was free at first. Any one thread.
class TemporaryFile
{
    Q_DISABLE_COPY_MOVE(TemporaryFile)

public:
    static constexpr qint64 maxBytes = qint64(8) * 1024 * 1024 * 1024;

    TemporaryFile() = default;
    ~TemporaryFile();

    /// Returns whether all bytes were written; otherwise see sentence().
    bool append(const char *bytes, qsizetype count);
    int openAgain(); ///< a new descriptor; -1 on an error
    const QString &sentence() const { return m_sentence; }
    /// For tests.
    void setLimit(qint64 bytes) { m_limit = bytes; }

private:
    bool create();

    int m_descriptor = -1;
    qint64 m_size = 0;
    qint64 m_limit = -1; ///< -1: not known yet
    QString m_sentence;
};
