// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

/// Reads a file that may grow, through a buffer. Owns the descriptor. Any one thread.
class FileBytes
{
public:
    explicit FileBytes(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~FileBytes();
    Q_DISABLE_COPY_MOVE(FileBytes)

    /// The bytes from this position on, valid until the next call; null if the file does not contain all of them
    /// (yet), or cannot be read: see error().
    const uchar *at(qint64 position, qsizetype count)
    {
        const bool isThere = position >= m_begin && position + count <= m_begin + m_size;
        return isThere || fill(position, count) ? m_buffer.data() + (position - m_begin) : nullptr;
    }

    qint64 size() const;                  ///< of the file; -1 on an error
    int error() const { return m_error; } ///< errno of the last read, or 0

private:
    bool fill(qint64 position, qsizetype count);

    const int m_descriptor;
    int m_error = 0;
    qint64 m_begin = 0;   ///< of the buffer, in the file
    qsizetype m_size = 0; ///< bytes in the buffer
    std::vector<uchar> m_buffer;
};
