// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"
#include "conversation/journal.h"
#include "messages/messagetemplate.h"
#include "ui/tools/control.h"

#include <QCoreApplication>

#include <optional>

/// Everything that determines which buttons of a window are enabled.
struct WindowState {
    Side side = Side::Client;
    Activity activity;
    QString formError;            ///< a sentence, or empty if the form is valid
    MessageTemplate message;      ///< in the message field
    QString messageError;         ///< a sentence, or empty if the message has no mistake
    Framing sendFraming;          ///< from the form
    qsizetype messagesInTurn = 1; ///< the number of messages that Connect and Send sends
    std::optional<ConnectionStatus> selected;
    int openConnection = 0; ///< any open connection, or 0
    bool quitting = false;
};

/// Every button of a window that is not always enabled, derived from one state. Pure.
struct Controls {
    Q_DECLARE_TR_FUNCTIONS(Controls)
public:
    enum class Action { Start, Stop, Connect, Cancel, Send };
    /// The button for the most useful next step, which is filled with the accent colour.
    enum class Primary { None, Main, Close };

    Action mainAction = Action::Start;
    Action sendAction = Action::Send; ///< in a client the send button is the main button
    Primary primary = Primary::None;
    Control main;
    Control send;
    Control close;
    Control finishSending;
    Control reset;
    Control reading;
    bool readsAgain = false; ///< what reading does: Read Again, not Stop Reading
    bool formAndMessageAreValid = true;
    QString messageProblem; ///< why the message cannot be sent as it is; a sentence, or empty
    bool formIsOpen = true; ///< the user can edit the fields that only affect the next start
    QString formToolTip;    ///< why the user cannot edit them

    static Controls from(const WindowState &state);

private:
    void setServerMain(const WindowState &state);
    void setClientMain(const WindowState &state);
    void setSend(const WindowState &state);
    void setClosing(const WindowState &state);
    void setReading(const WindowState &state);
    static QString problemOf(const WindowState &state);
    static QString whyNoConnection(const WindowState &state);
    static QString hasFinished(const ConnectionStatus &status);
};
