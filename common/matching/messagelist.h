// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <algorithm>
#include <deque>
#include <memory>

/// The messages of one direction of a connection: their ranges in the stream and their steps. Both ascend, and no
/// messages overlap. A part of a StepIndex. Most connections have a single message, which needs no memory beyond the
/// list itself; in longer lists a message needs three or four bytes.
class MessageList
{
public:
    struct Message {
        qint64 offset = 0;
        quint32 bytes = 0;
        quint32 step = 0;
        qint64 end() const { return offset + bytes; }
        bool operator==(const Message &) const = default;
    };

    bool isEmpty() const { return m_count == 0; }
    qsizetype count() const { return m_count; }
    Message last() const { return m_more ? m_more->last : m_first; } ///< the list must not be empty
    Message at(qsizetype index) const;                               ///< 0 ≤ index < count()

    /// Adds a message after last(), both in the stream and by its step.
    void append(const Message &message);

    /// Returns the first index for which the condition does not hold. It must hold for all messages before that one.
    /// Returns count() if it holds for all.
    template<typename Condition>
    qsizetype partitionPoint(Condition holds) const;
    qsizetype firstBeyond(qint64 position) const; ///< the first message with a byte at position or later; count(): none
    qsizetype indexOf(qsizetype step) const;      ///< -1: no message belongs to that step

    /// Iterates over the messages. Valid until the next append().
    class Cursor
    {
    public:
        Cursor(const MessageList &list, qsizetype index); ///< 0 ≤ index ≤ count()
        bool atEnd() const { return m_index >= m_list->count(); }
        qsizetype index() const { return m_index; }
        const Message &operator*() const { return m_message; } ///< only before the end
        const Message *operator->() const { return &m_message; }
        void next();

    private:
        const MessageList *m_list;
        qsizetype m_index;
        qsizetype m_byte = 0; ///< index in the block
        Message m_message;
    };

private:
    static constexpr qsizetype perBlock = 64;

    /// Some consecutive messages.
    struct Block {
        Message first;
        /// For each further message, three numbers in LEB128 encoding: the gap before it, its bytes, and the
        /// difference of its step.
        QByteArray others;
    };
    struct More {
        std::deque<Block> blocks; ///< all but the first message
        Message last;
    };

    Message m_first;
    qsizetype m_count = 0;
    std::unique_ptr<More> m_more; ///< only if there is more than one message
};

template<typename Condition>
qsizetype MessageList::partitionPoint(Condition holds) const
{
    if (isEmpty() || !holds(m_first))
        return 0;
    if (!m_more)
        return 1;
    const auto &blocks = m_more->blocks;
    const auto behind =
        std::partition_point(blocks.begin(), blocks.end(), [&holds](const Block &block) { return holds(block.first); });
    if (behind == blocks.begin())
        return 1;
    Cursor cursor(*this, 1 + (behind - blocks.begin() - 1) * perBlock);
    const qsizetype end = std::min(m_count, 1 + (behind - blocks.begin()) * perBlock);
    while (cursor.index() < end && holds(*cursor))
        cursor.next();
    return cursor.index();
}
