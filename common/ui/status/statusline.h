// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"
#include "notice.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class Announcer;
class ElidedLabel;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

/// The line above the message row. It shows what is most important now, with the buttons that answer it: a persistent
/// error, a question, what is due on the connection, something that has happened, or what this end does. It is always
/// visible and has a fixed height, so that nothing around it moves. A click opens a long text, and all notices that
/// are waiting. Owned by a window.
class StatusLine : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void show(Notice notice);
    void remove(const QString &key);
    bool contains(const QString &key) const;
    void setPending(const std::optional<ConnectionStatus> &status); ///< of the selected connection
    void setActivity(const QString &text);                          ///< what this end does
    Announcer &announcer() const { return *m_announcer; }           ///< tells screen readers of what is shown here
    void setPassingMs(int ms) { m_passingMs = ms; }                 ///< how long a notice of the kind Past stays

signals:
    void closeNow();
    void keepOpen();
    void replyNow();
    void stopSending();
    void readAgain();
    void reset();
    void focusLost(); ///< the button that had the focus has disappeared

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPushButton *addButton(const char *objectName, const QString &text, const QString &toolTip);
    void refresh();
    void showText();
    void announce();
    void showButtons(const Notice *notice);
    void makeNoticeButtons(const Notice &notice);
    void showIcon(std::optional<Notice::Level> level);
    void refreshMore();
    void openAll();
    void run(const QString &key, size_t action);
    void dismiss();
    const Notice *front() const; ///< the notice to show before what is due; null: none
    const Notice *past() const;  ///< the newest of the kind Past
    const Notice *shownNotice() const;
    QString pendingText() const;

    std::vector<Notice> m_notices; ///< the newest last
    std::optional<ConnectionStatus> m_status;
    QString m_activity;
    QString m_shownKey; ///< the key of the notice whose buttons exist
    std::vector<QString> m_shownActions;
    std::optional<Notice::Level> m_shownLevel;
    QString m_announced; ///< of the activity, or of what is due
    Announcer *m_announcer;
    QLabel *m_icon;
    ElidedLabel *m_text;
    QToolButton *m_more;
    QHBoxLayout *m_noticeButtons;
    QPushButton *m_replyNow;
    QPushButton *m_stop;
    QPushButton *m_readAgain;
    QPushButton *m_closeNow;
    QPushButton *m_keepOpen;
    QPushButton *m_reset;
    QToolButton *m_dismiss;
    QTimer m_countdown;
    QTimer m_passing; ///< until the notice of the kind Past disappears
    int m_passingMs = 8000;
};
