// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectioncommands.h"

#include "app/networkthread.h"
#include "conversation/conversation.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"

ConnectionCommands::ConnectionCommands(Conversation &conversation, std::function<int()> selected, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_selected(std::move(selected))
{
}

void ConnectionCommands::connectTo(MessageRow &row)
{
    connect(&row, &MessageRow::closePressed, this, &ConnectionCommands::close);
    connect(&row, &MessageRow::resetPressed, this, &ConnectionCommands::reset);
    connect(&row, &MessageRow::finishSendingPressed, this, &ConnectionCommands::finishSending);
}

void ConnectionCommands::connectTo(StatusLine &notices)
{
    connect(&notices, &StatusLine::closeNow, this, &ConnectionCommands::close);
    connect(&notices, &StatusLine::reset, this, &ConnectionCommands::reset);
    connect(&notices, &StatusLine::keepOpen, this, &ConnectionCommands::keepOpen);
    connect(&notices, &StatusLine::stopSending, this, &ConnectionCommands::stopSending);
    connect(&notices, &StatusLine::replyNow, this, &ConnectionCommands::replyNow);
}

template<typename F>
void ConnectionCommands::call(F f)
{
    NetworkThread::call(&m_conversation, [f, id = m_selected()](Conversation &conversation) { f(conversation, id); });
}

void ConnectionCommands::send(const MessageTemplate &message)
{
    call([message](Conversation &conversation, int id) { conversation.send(id, message); });
}

void ConnectionCommands::repeat(const MessageTemplate &message, const Repetition &repetition)
{
    call([message, repetition](Conversation &conversation, int id) { conversation.repeat(id, message, repetition); });
}

void ConnectionCommands::stopSending()
{
    call([](Conversation &conversation, int id) { conversation.stopSending(id); });
}

void ConnectionCommands::close()
{
    call([](Conversation &conversation, int id) { conversation.close(id); });
}

void ConnectionCommands::reset()
{
    call([](Conversation &conversation, int id) { conversation.reset(id); });
}

void ConnectionCommands::finishSending()
{
    call([](Conversation &conversation, int id) { conversation.finishSending(id); });
}

void ConnectionCommands::keepOpen()
{
    call([](Conversation &conversation, int id) { conversation.keepOpen(id); });
}

void ConnectionCommands::replyNow()
{
    call([](Conversation &conversation, int id) { conversation.replyNow(id); });
}

#include "moc_connectioncommands.cpp"
