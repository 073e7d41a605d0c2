// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/sessionfile.h"

#include <QMainWindow>

class ConversationPane;
class NoticeBar;

/// A session of before: its steps and their details, to read. Stands for itself; whoever opens it sets WA_DeleteOnClose.
class SessionWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit SessionWindow(const QString &path, QWidget *parent = nullptr);
    ~SessionWindow() override;

    bool isOpen() const { return m_isOpen; } ///< false: errorString() says why not, and so does the window
    QString errorString() const { return m_file.errorString(); }

    static void closeAll(); ///< those of this program

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showCount();

    SessionFile m_file;
    ConversationPane *m_pane;
    NoticeBar *m_notices;
    bool m_isOpen = false;
};
