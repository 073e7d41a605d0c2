// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <algorithm>
#include <deque>
#include <memory>

/// Where the messages of one direction of a connection are in its stream, and their steps: both ascend, and no messages overlap. A
/// part of a StepIndex. Many need three or four bytes each; one needs no memory but the list's own, for most connections have one.
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
    Message last() const { return m_more ? m_more->last : m_first; } ///< there is one
    Message at(qsizetype index) const;                               ///< 0 ≤ index < count()

    /// Behind last(), in the stream and by its step.
    void append(const Message &message);

    /// The first index of which a condition (of the message) does not hold, where it holds for all before; count(): it holds for all.
    template<typename Condition>
    qsizetype partitionPoint(Condition holds) const;
    qsizetype firstBeyond(qint64 position) const; ///< of which some byte is at position or behind it; count(): none
    qsizetype indexOf(qsizetype step) const;      ///< -1: none is that step's

    /// Goes through the messages. Valid while nothing is appended.
    class Cursor
    {
    public:
        Cursor(const MessageList &list, qsizetype index); ///< 0 ≤ index ≤ count()
        bool atEnd() const { return m_index >= m_list->count(); }
        qsizetype index() const { return m_index; }
        const Message &operator*() const { return m_message; } ///< not at the end
        const Message *operator->() const { return &m_message; }
        void next();

    private:
        const MessageList *m_list;
        qsizetype m_index;
        qsizetype m_byte = 0; ///< in its block
        Message m_message;
    };

private:
    static constexpr qsizetype perBlock = 64;

    /// Some messages that follow each other.
    struct Block {
        Message first;
        /// Of each of the others three numbers of as many bytes as they need (LEB128): the gap before it, its bytes, and by how much its
        /// step is larger.
        QByteArray others;
    };
    struct More {
        std::deque<Block> blocks; ///< of all but the first message
        Message last;
    };

    Message m_first;
    qsizetype m_count = 0;
    std::unique_ptr<More> m_more; ///< where there is more than one
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
