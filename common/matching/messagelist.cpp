// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagelist.h"

namespace {

void appendNumber(QByteArray &to, quint64 number)
{
    for (; number >= 0x80; number >>= 7)
        to.append(char(number | 0x80));
    to.append(char(number));
}

quint64 takeNumber(const QByteArray &from, qsizetype &at)
{
    quint64 number = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = uchar(from[at++]);
        number |= quint64(byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
}

} // namespace

void MessageList::append(const Message &message)
{
    const Message before = isEmpty() ? Message() : last();
    Q_ASSERT(isEmpty() || (message.offset >= before.end() && message.step > before.step));
    if (m_count++ == 0) {
        m_first = message;
        return;
    }
    if (!m_more)
        m_more = std::make_unique<More>();
    if ((m_count - 2) % perBlock == 0) {
        if (!m_more->blocks.empty())
            m_more->blocks.back().others.squeeze();
        m_more->blocks.push_back({.first = message, .others = {}});
    } else {
        QByteArray &others = m_more->blocks.back().others;
        appendNumber(others, quint64(message.offset - before.end()));
        appendNumber(others, message.bytes);
        appendNumber(others, message.step - before.step);
    }
    m_more->last = message;
}

MessageList::Message MessageList::at(qsizetype index) const
{
    return *Cursor(*this, index);
}

qsizetype MessageList::firstBeyond(qint64 position) const
{
    return partitionPoint([position](const Message &message) { return message.end() <= position; });
}

qsizetype MessageList::indexOf(qsizetype step) const
{
    const qsizetype index = partitionPoint([step](const Message &message) { return qsizetype(message.step) < step; });
    return index < m_count && at(index).step == step ? index : -1;
}

MessageList::Cursor::Cursor(const MessageList &list, qsizetype index)
    : m_list(&list)
    , m_index(index)
{
    if (atEnd())
        return;
    if (index == 0) {
        m_message = list.m_first;
        return;
    }
    const qsizetype skip = (index - 1) % perBlock;
    m_index -= skip;
    m_message = list.m_more->blocks[size_t((index - 1) / perBlock)].first;
    while (m_index < index)
        next();
}

void MessageList::Cursor::next()
{
    ++m_index;
    if (atEnd())
        return;
    const Block &block = m_list->m_more->blocks[size_t((m_index - 1) / perBlock)];
    if ((m_index - 1) % perBlock == 0) {
        m_message = block.first;
        m_byte = 0;
        return;
    }
    m_message.offset = m_message.end() + qint64(takeNumber(block.others, m_byte));
    m_message.bytes = quint32(takeNumber(block.others, m_byte));
    m_message.step += quint32(takeNumber(block.others, m_byte));
}
