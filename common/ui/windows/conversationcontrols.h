// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "mainbutton.h"
#include "ui/status/controls.h"

#include <QObject>

#include <functional>

class ConversationForm;
class MessageRow;
class StatusLine;

/// The form, the message row and the main button of a conversation's window: which of them are enabled, and what they
/// do. Owned by a ConversationWindow; lives on its thread.
class ConversationControls : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        ConversationForm &form;
        MessageRow &messageRow;
        QPushButton &mainButton; ///< in the form or in the message row
        StatusLine &notices;
    };
    /// The parts outlive this object. complete: adds what is not in the parts to the state of the window.
    ConversationControls(const Parts &parts, std::function<void(WindowState &)> complete, QObject *parent);

    void update();
    const Controls &current() const { return m_controls; }
    void pressMain(); ///< as ConversationWindow::pressMain()
    void pressSend(); ///< if it sends, or connects and sends
    void begin();     ///< the same for --start and --connect: if the form is wrong, the terminal shows it too

signals:
    void updated(const Controls &controls);
    void pressed(Controls::Action action);     ///< any but Send
    void sent(const MessageTemplate &message); ///< on the selected connection

private:
    void connectParts();
    void press(Controls::Action action);
    void showProblem();

    Parts m_parts;
    std::function<void(WindowState &)> m_complete;
    MainButton m_main;
    Controls m_controls;
    QString m_shownProblem; ///< of the message; the user may have dismissed it
};
