// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "replies/replyrule.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;

/// Chooses what answers a message: the reply in the field, the rules of a file, an echo, or nothing. A part of the
/// reply's menu; owned by the form.
class ReplyMenu : public QObject
{
    Q_OBJECT
public:
    explicit ReplyMenu(QMenu *menu);

    ReplyMode mode() const;
    void setMode(ReplyMode mode); ///< Rules without any rules is Fixed
    const QList<ReplyRule> &rules() const { return m_rules; }
    void setRules(const QList<ReplyRule> &rules);
    void openFile(const QString &path); ///< its rules answer from then on; refused() says why not

    QString note() const; ///< what answers instead of the reply in the field, in a word or two; or nothing

signals:
    void changed();
    void refused(const QString &sentence);

private:
    QAction *addMode(QMenu *menu, ReplyMode mode, const QString &text, const QString &toolTip);
    void chooseFile();

    QActionGroup *m_modes;
    QAction *m_rulesAction;
    QList<ReplyRule> m_rules;
    Errand m_reading;
};
