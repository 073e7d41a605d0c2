// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class ElidedLabel;
class QPushButton;

/// What is due on the selected connection, counted down, with the buttons that change it. Keeps its height when there
/// is nothing to show. Owned by a window.
class PendingStrip : public QWidget
{
    Q_OBJECT
public:
    explicit PendingStrip(QWidget *parent = nullptr);

    void setStatus(const std::optional<ConnectionStatus> &status);

    /// What to say of status at a monotonic time.
    static QString text(const ConnectionStatus &status, qint64 nowUs);

signals:
    void closeNow();
    void keepOpen();
    void replyNow();
    void reset();

private:
    QPushButton *addButton(const char *objectName, const QString &text, const QString &toolTip);
    void tick();

    std::optional<ConnectionStatus> m_status;
    ElidedLabel *m_text;
    QPushButton *m_closeNow;
    QPushButton *m_keepOpen;
    QPushButton *m_replyNow;
    QPushButton *m_reset;
    QTimer m_timer;
};
