// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/repeater.h"
#include "ui/status/controls.h"

#include <QMenu>

/// The menu beside Connect and Send: other ways to send, and the command lines that do the same. Owned by a
/// ClientWindow.
class SendMenu : public QMenu
{
    Q_OBJECT
public:
    explicit SendMenu(QWidget *parent);

    void setControls(const Controls &controls, bool hasSent);

signals:
    void connectPressed(); ///< without sending
    void sendAgainPressed();
    void repeatPressed(const Repetition &repetition);
    void sendBytesPressed(int count); ///< 1 to maxBytes
    void copyClientPressed();
    void copyNetcatPressed();

private:
    void askForRepetition();
    void askForCount();

    QAction *m_connect;
    QAction *m_sendAgain;
    QAction *m_repeat;
    QAction *m_sendBytes;
    QList<QAction *> m_copies;
    Repetition m_repetition; ///< the last answer
    int m_count = 1024;      ///< the last answer
};
