// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectioncommands.h"

#include "app/networkthread.h"
#include "conversation/conversation.h"
#include "link/linkclient.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"

#include <utility>

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
    connect(&row, &MessageRow::stopReadingPressed, this, &ConnectionCommands::stopReading);
    connect(&row, &MessageRow::readAgainPressed, this, &ConnectionCommands::readAgain);
}

void ConnectionCommands::connectTo(StatusLine &notices)
{
    connect(&notices, &StatusLine::closeNow, this, &ConnectionCommands::close);
    connect(&notices, &StatusLine::reset, this, &ConnectionCommands::reset);
    connect(&notices, &StatusLine::keepOpen, this, &ConnectionCommands::keepOpen);
    connect(&notices, &StatusLine::stopSending, this, &ConnectionCommands::stopSending);
    connect(&notices, &StatusLine::replyNow, this, &ConnectionCommands::replyNow);
    connect(&notices, &StatusLine::readAgain, this, &ConnectionCommands::readAgain);
}

void ConnectionCommands::connectTo(LinkClient &link)
{
    connect(&link, &LinkClient::stateChanged, this, [this, &link] {
        const bool isPaused = link.heldCount() > 0;
        if (std::exchange(m_isPaused, isPaused) != isPaused)
            NetworkThread::call(&m_conversation,
                                [isPaused](Conversation &conversation) { conversation.setPaused(isPaused); });
    });
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

void ConnectionCommands::stopReading()
{
    call([](Conversation &conversation, int id) { conversation.stopReading(id); });
}

void ConnectionCommands::readAgain()
{
    call([](Conversation &conversation, int id) { conversation.readAgain(id); });
}

#include "moc_connectioncommands.cpp"
