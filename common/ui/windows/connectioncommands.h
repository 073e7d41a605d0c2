// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>

class Conversation;
class LinkClient;
class MessageRow;
class MessageTemplate;
class StatusLine;
struct Repetition;

/// Passes what the user wants to do with the selected connection to the conversation, on its thread. Owned by a
/// ConversationWindow; lives on its thread.
class ConnectionCommands : public QObject
{
    Q_OBJECT
public:
    /// The conversation outlives this object. selected: the connection that a command is for.
    ConnectionCommands(Conversation &conversation, std::function<int()> selected, QObject *parent);

    void connectTo(MessageRow &row);
    void connectTo(StatusLine &notices);
    void connectTo(LinkClient &link); ///< timeouts and delays pause while it holds a packet

    void send(const MessageTemplate &message);
    void repeat(const MessageTemplate &message, const Repetition &repetition);
    void stopSending();
    void close();
    void reset();
    void finishSending();
    void keepOpen();
    void replyNow();
    void stopReading();
    void readAgain();

private:
    template<typename F>
    void call(F f); ///< f(conversation, selected connection), over there

    Conversation &m_conversation;
    std::function<int()> m_selected;
    bool m_isPaused = false;
};
