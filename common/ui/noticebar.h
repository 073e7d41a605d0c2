// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QKeySequence>
#include <QStyle>

#include <functional>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

/// Something the user should know, and what to do about it.
struct Notice {
    enum class Level { Information, Warning, Error };
    struct Action {
        QString text;
        std::function<void()> run;
        QKeySequence shortcut = {}; ///< where no letter is left for a mnemonic
    };

    QString key = {}; ///< what it speaks of; a notice replaces the one with the same key
    Level level = Level::Information;
    QString text = {};
    std::vector<Action> actions = {}; ///< each takes the notice away
    bool gathers = false;             ///< tells how many it has replaced
    int replaced = 0;                 ///< so many; the bar counts
};

/// The notices at the bottom of a window, instead of boxes in its way: the newest is shown, and how many are behind it;
/// it makes way when it is dismissed or over. Owned by a window.
class NoticeBar : public QFrame
{
    Q_OBJECT
public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void show(Notice notice);
    void remove(const QString &key);
    bool contains(const QString &key) const;

private:
    void refresh();
    void showFront(); ///< all of the newest but its buttons
    void run(size_t action);
    static QStyle::StandardPixmap icon(Notice::Level level);
    static QString levelName(Notice::Level level);

    std::vector<Notice> m_notices; ///< the newest last
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_more;
    QHBoxLayout *m_buttons;
    std::optional<Notice::Level> m_levelShown;
    QToolButton *m_dismiss;
};
