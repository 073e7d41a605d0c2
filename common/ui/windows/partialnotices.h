// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QString>

class Conversation;
struct ConnectionStatus;
class StatusLine;

/// Tells the user that bytes wait for the end of their message, once for each connection and number of bytes. Owned
/// by a ConversationWindow; lives on its thread.
class PartialNotices
{
public:
    /// Both outlive this object, and what the notices' actions do.
    PartialNotices(Conversation &conversation, StatusLine &notices);

    void update(const ConnectionStatus &status);

private:
    Conversation &m_conversation;
    StatusLine &m_notices;
    QHash<int, QString> m_shown; ///< texts, by connection
};
