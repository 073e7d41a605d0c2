// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "ui/windows/conversationwindow.h"

class ListenForm;
class Server;

/// The server's window: the listen form, and notices about failures to listen. Owned by main().
class ServerWindow : public ConversationWindow
{
    Q_OBJECT
public:
    explicit ServerWindow(const ServerOptions &options = {}, QWidget *parent = nullptr);

protected:
    void perform(Controls::Action action) override;
    void stepLogged(const Step &step) override;
    void activityChanged(const Activity &activity) override;

private:
    void start();
    void showListenFailure(Activity::Failure failure);
    void showReach();

    ListenForm *m_form;
    Server *m_server = nullptr;
    QString m_listenError; ///< the sentence of the Error event
};
