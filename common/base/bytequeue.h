// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// Bytes that are appended at the back and taken from the front, in amortised constant time each: taken bytes stay in
/// front of the memory until moving the rest pays off. Pure; lives where its owner does.
class ByteQueue
{
public:
    /// compactAt: fewer taken bytes are never removed while others wait. keepBelow: an empty queue
    /// keeps its memory if it held fewer bytes than this.
    explicit ByteQueue(qsizetype compactAt, qsizetype keepBelow = 0)
        : m_compactAt(compactAt)
        , m_keepBelow(keepBelow)
    {
    }

    qsizetype size() const { return m_bytes.size() - m_start; }
    bool isEmpty() const { return size() == 0; }
    /// Valid until compact(), append() or clear() is called.
    const char *data() const { return m_bytes.constData() + m_start; }
    QByteArrayView view() const { return QByteArrayView(m_bytes).sliced(m_start); }
    /// The first size bytes; if they are all that the queue's memory holds, the two share it.
    QByteArray first(qsizetype size) const { return size == m_bytes.size() ? m_bytes : QByteArray(data(), size); }

    /// An empty queue shares the memory of bytes.
    void append(const QByteArray &bytes)
    {
        compact();
        if (m_bytes.isEmpty())
            m_bytes = bytes;
        else
            m_bytes.append(bytes);
    }

    void appendCopy(QByteArrayView bytes)
    {
        compact();
        m_bytes.append(bytes);
    }

    /// Takes size bytes from the front; there are as many. data() of them stays valid until compact() is called.
    void take(qsizetype size) { m_start += size; }

    /// Removes taken bytes from the memory if that pays off.
    void compact()
    {
        if (m_start == 0)
            return;
        if (m_start == m_bytes.size()) {
            if (m_bytes.size() < m_keepBelow)
                m_bytes.resize(0);
            else
                m_bytes.clear();
            m_start = 0;
        } else if (m_start >= m_compactAt && m_start >= m_bytes.size() / 2) {
            m_bytes.remove(0, m_start);
            m_start = 0;
        }
    }

    void clear()
    {
        m_bytes.clear();
        m_start = 0;
    }

private:
    QByteArray m_bytes;
    qsizetype m_start = 0; ///< bytes before it were taken
    qsizetype m_compactAt;
    qsizetype m_keepBelow;
};
