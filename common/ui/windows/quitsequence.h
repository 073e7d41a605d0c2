// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>
#include <optional>

class Conversation;
class StatusLine;

/// How a conversation's window closes: the conversation ends first, and if bytes have not left yet, a notice asks
/// whether to wait for them. Owned by a ConversationWindow; lives on its thread.
class QuitSequence : public QObject
{
    Q_OBJECT
public:
    /// All of them outlive this object. unsentBytes: of all connections, now.
    QuitSequence(Conversation &conversation, StatusLine &notices, std::function<qint64()> unsentBytes, QObject *parent);

    bool requestClose();                      ///< by the user; true if the window may close at once
    void refresh();                           ///< the number of unsent bytes may have changed
    void quitAtOnce();                        ///< without a question; what has not left after a second is dropped
    void setDone() { m_state = State::Done; } ///< the window may close
    bool isQuitting() const { return m_state != State::No; }

signals:
    void started();      ///< once
    void stateChanged(); ///< of isQuitting()

private:
    enum class State { No, Waiting, Begun, Done };

    void ask(qint64 unsentBytes);
    void quit(State how);

    Conversation &m_conversation;
    StatusLine &m_notices;
    std::function<qint64()> m_unsentBytes;
    State m_state = State::No;
    std::optional<State> m_asked; ///< in which ask() asked last
};
