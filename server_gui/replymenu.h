// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "rulelist.h"

#include <QObject>
#include <QPointer>

class QAction;
class QActionGroup;
class QMenu;
class RulesWindow;

/// Chooses what answers a message: the reply in the field, rules, an echo, or nothing; and opens the window of the
/// rules. A part of the reply's menu; owned by the form.
class ReplyMenu : public QObject
{
    Q_OBJECT
public:
    explicit ReplyMenu(QMenu *menu);

    ReplyMode mode() const;
    void setMode(ReplyMode mode);         ///< Rules without any rules is Fixed
    RuleList &rules() { return m_rules; } ///< the first rules of an empty list answer at once
    const RuleList &rules() const { return m_rules; }
    void openFile(const QString &path); ///< its rules answer from then on; refused() says why not

    QString note() const; ///< what answers instead of the reply in the field, in a word or two; or nothing

signals:
    void changed();
    void refused(const QString &sentence);

private:
    QAction *addMode(QMenu *menu, ReplyMode mode, const QString &text, const QString &toolTip);
    void chooseFile();
    void rulesChanged();
    void edit();

    QActionGroup *m_modes;
    QAction *m_rulesAction;
    RuleList m_rules;
    QPointer<RulesWindow> m_window; ///< while it is open
    Errand m_reading;
};
