// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "link/linkrule.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

/// Asks for the rules of the emulated link, as text with a rule in each line. Owned by the window that opens it.
class LinkRulesDialog : public QDialog
{
    Q_OBJECT
public:
    LinkRulesDialog(const QList<LinkRule> &rules, QWidget *parent);

    const QList<LinkRule> &rules() const { return m_rules; } ///< when it was accepted

private:
    void check();

    QList<LinkRule> m_rules;
    QPlainTextEdit *m_edit;
    QLabel *m_error; ///< the first wrong rule, and what is right
    QPushButton *m_ok;
};
