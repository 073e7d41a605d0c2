// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filewindow.h"
#include "steps/sessionfile.h"

class ConversationPane;

/// A session of before: its steps and their details, to read.
class SessionWindow : public FileWindow
{
    Q_OBJECT
public:
    explicit SessionWindow(const QString &path, QWidget *parent = nullptr);
    ~SessionWindow() override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showCount();

    SessionFile m_file;
    ConversationPane *m_pane;
};
