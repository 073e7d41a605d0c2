// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "controls.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QPushButton;
class QToolButton;

/// The message field with the buttons that send it and end the connection. Owned by a window.
class MessageRow : public QWidget
{
    Q_OBJECT
public:
    explicit MessageRow(QWidget *parent = nullptr);

    QString message() const;
    QLineEdit *edit() const { return m_edit; }
    QPushButton *sendButton() const { return m_send; }
    void setControls(const Controls &controls);
    void clearForNext(); ///< the message has been sent: typing replaces it

signals:
    void messageChanged();
    void sendPressed();
    void entered(); ///< Enter in the message field
    void closePressed();
    void finishSendingPressed();
    void resetPressed();

private:
    QLineEdit *m_edit;
    QPushButton *m_send;
    QToolButton *m_close;
    QAction *m_closeAction;
    QAction *m_finishSending;
    QAction *m_reset;
};
