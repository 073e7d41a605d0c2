// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "conversation/server.h"
#include "ui/forms/conversationform.h"

class AddressCombo;
class CheckedEdit;
class MessageEdit;
class MessageFormButton;
class QPushButton;
class ReplyMenu;

/// The server's form: the address to listen on, the reply and its delay. Owned by a ServerWindow.
class ListenForm : public ConversationForm
{
    Q_OBJECT
public:
    explicit ListenForm(const ServerOptions &options, QWidget *parent = nullptr);

    ServerSettings settings() const; ///< while error() is empty
    QPushButton *startButton() const { return m_start; }
    MessageEdit *replyEdit() const { return m_reply; }
    ReplyMenu *replyMenu() const { return m_replyMenu; }
    bool isLoopbackOnly() const;
    void listenOnLoopback();
    void chooseFreePort();

signals:
    void replyChanged();

private:
    void createFields();
    void remember(const ServerOptions &options);
    void rememberReplies(const ServerOptions &options);
    void check();

    AddressCombo *m_address;
    QString m_portBefore; ///< the user's port, while a free port replaces it for this run
    CheckedEdit *m_port;
    QPushButton *m_start;
    MessageEdit *m_reply;
    MessageFormButton *m_replyForm;
    ReplyMenu *m_replyMenu;
    DelayEdit *m_replyDelay;
    CheckedEdit *m_allowed;
};
