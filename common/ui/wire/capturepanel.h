// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/captureadvice.h"

#include <QWidget>

class QLabel;
class QPushButton;

/// Says what a user can do if segments are not captured: what is missing on this system, a command for users with
/// sudo, and the lab. Knows no window; its buttons are signals. Owned by the widget that shows it.
class CapturePanel : public QWidget
{
    Q_OBJECT
public:
    explicit CapturePanel(QWidget *parent = nullptr);

    void setProblem(const CaptureProblem &problem);
    void setPort(quint16 port);                ///< of the conversation, for the command
    void setLabError(const QString &sentence); ///< why the lab did not open

    /// The file that the command writes.
    QString suggestedFile() const;

signals:
    void openCaptureRequested();
    void openLabRequested();

private:
    QLabel *addLabel(const char *name, bool isCommand = false);
    QPushButton *addCopyButton(QLabel *command, const char *name, const QKeySequence &shortcut);

    quint16 m_port = 8700;
    QLabel *m_reason;
    QLabel *m_commands;
    QPushButton *m_copyCommands;
    QLabel *m_afterwards;
    QLabel *m_tcpdump;
    QLabel *m_labError;
};
