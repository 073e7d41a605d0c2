// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <algorithm>

/// Bytes that leave in pieces with gaps between them, and what follows them. Pure; a part of a Connection.
class PieceQueue
{
public:
    bool isEmpty() const { return m_messages.isEmpty(); }
    qint64 bytes() const { return m_bytes; }

    /// sizes: of the pieces, in bytes; the last one repeats. None: the bytes are one piece.
    void add(const QByteArray &bytes, const QList<int> &sizes, int gapMs)
    {
        m_bytes += bytes.size();
        m_messages.append({.bytes = bytes, .sizes = sizes, .gapMs = gapMs});
    }

    struct Piece {
        QByteArray bytes;
        bool hasGap = false; ///< another piece of the same bytes follows after gapMs
        int gapMs = 0;
    };
    /// The next piece; not if it is empty.
    Piece take()
    {
        Message &message = m_messages.first();
        qsizetype size = message.bytes.size() - message.at;
        if (!message.sizes.isEmpty())
            size = std::min<qsizetype>(size, message.sizes[std::min(message.pieces++, message.sizes.size() - 1)]);
        Piece piece{.bytes = message.bytes.mid(message.at, size), .gapMs = message.gapMs};
        message.at += size;
        m_bytes -= size;
        piece.hasGap = message.at < message.bytes.size();
        if (!piece.hasGap)
            m_messages.removeFirst();
        return piece;
    }

    void clear()
    {
        m_messages.clear();
        m_bytes = 0;
    }

private:
    struct Message {
        QByteArray bytes;
        QList<int> sizes;
        int gapMs = 0;
        qsizetype at = 0;
        qsizetype pieces = 0; ///< taken so far
    };

    QList<Message> m_messages;
    qint64 m_bytes = 0;
};
