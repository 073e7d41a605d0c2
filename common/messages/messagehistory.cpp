// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagehistory.h"

void MessageHistory::add(const TypedMessage &message)
{
    if (bytesOf(message) <= maxBytes) {
        m_messages.removeOne(message);
        m_messages.append(message);
    }
    qsizetype bytes = 0;
    for (const TypedMessage &kept : std::as_const(m_messages))
        bytes += bytesOf(kept);
    while (m_messages.size() > limit || bytes > maxBytes)
        bytes -= bytesOf(m_messages.takeFirst());
    m_place = m_messages.size();
}

std::optional<TypedMessage> MessageHistory::back(const TypedMessage &current)
{
    if (m_place == m_messages.size())
        m_typed = current;
    // What was sent last still stands in the field.
    while (m_place > 0) {
        if (m_messages.at(--m_place) != current)
            return m_messages.at(m_place);
    }
    return std::nullopt;
}

std::optional<TypedMessage> MessageHistory::forward(const TypedMessage &current)
{
    while (m_place < m_messages.size()) {
        ++m_place;
        const TypedMessage &message = m_place == m_messages.size() ? m_typed : m_messages.at(m_place);
        if (message != current)
            return message;
    }
    return std::nullopt;
}

qsizetype MessageHistory::bytesOf(const TypedMessage &message)
{
    return message.text.size() * qsizetype(sizeof(QChar)) + message.content.size();
}
