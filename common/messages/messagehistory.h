// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "typedmessage.h"

/// The messages that were sent, and a place among them: the newest ones, each once. Pure; a part of a message field.
class MessageHistory
{
public:
    static constexpr qsizetype limit = 100;
    /// Of all messages together. One that is longer is not kept.
    static constexpr qsizetype maxBytes = qsizetype(1024) * 1024;

    void add(const TypedMessage &message); ///< the newest one; the place is behind it
    /// The message before the place, or nothing. current: what is typed now, to come back to.
    std::optional<TypedMessage> back(const TypedMessage &current);
    /// The message behind the place, at the end what was typed first; or nothing.
    std::optional<TypedMessage> forward(const TypedMessage &current);

    const QList<TypedMessage> &messages() const { return m_messages; } ///< from the oldest on

private:
    static qsizetype bytesOf(const TypedMessage &message);

    QList<TypedMessage> m_messages;
    TypedMessage m_typed;  ///< before the first step back
    qsizetype m_place = 0; ///< of the shown message; or their number, where nothing is sent yet
};
