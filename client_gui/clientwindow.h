// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "ui/forms/fieldmemory.h"
#include "ui/windows/conversationwindow.h"

class Client;
class ConnectForm;
class SendMenu;

/// The client's window: the connect form, the messages, and notices about failures to connect. Owned by main().
class ClientWindow : public ConversationWindow
{
    Q_OBJECT
public:
    explicit ClientWindow(const ClientOptions &options = {}, QWidget *parent = nullptr);

protected:
    void perform(Controls::Action action) override;
    void stepLogged(const Step &step) override;
    void activityChanged(const Activity &activity) override;
    void completeState(WindowState &state) const override;

private:
    void createSendMenu();
    void updateSendMenu(const Controls &controls);
    void connectAndSend();
    void connectWith(const QList<MessageTemplate> &messages);
    void sendBytes(int count);
    QString command(bool isNetcat) const;
    void tellRefusal();
    void showFailure(const QString &text);

    ConnectForm *m_form;
    SendMenu *m_sendMenu;
    std::optional<MessageTemplate> m_lastSent;
    Client *m_client = nullptr;
    QList<MessageTemplate> m_furtherMessages; ///< of the command line, after the first
    bool m_closeWithReset;
    bool m_finishSending;
    StepRow m_failure;     ///< the attempt that failed, until a capture tells more about it
    QString m_failureText; ///< of its notice, until that is shown
};
