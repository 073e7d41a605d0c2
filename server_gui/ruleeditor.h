// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "replies/replyrule.h"

#include <QWidget>

class CheckedEdit;
class DelayEdit;
class MessageEdit;
class MessageFormButton;
class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

/// The fields of one rule. What is wrong stands below the field. Owned by a RulesWindow.
class RuleEditor : public QWidget
{
    Q_OBJECT
public:
    explicit RuleEditor(QWidget *parent);

    void setRule(const ReplyRule &rule); ///< without edited()
    ReplyRule rule() const;              ///< with its mistakes

signals:
    void edited();

private:
    void createFields();
    void createLimits();
    void addWhen(QGridLayout &grid);
    void addReply(QGridLayout &grid);
    void connectFields();
    void change();
    void showWhatMatters(const ReplyRule &rule);
    void showMistakes(const ReplyRule &rule);

    ReplyRule m_rule;
    bool m_isSetting = false;
    QLineEdit *m_name;
    QComboBox *m_when;
    MessageEdit *m_message;
    MessageFormButton *m_messageForm;
    QLineEdit *m_expression;
    QCheckBox *m_asText;
    DelayEdit *m_time;
    QLabel *m_whenError;
    QComboBox *m_answer;
    MessageEdit *m_reply;
    MessageFormButton *m_replyForm;
    QLabel *m_replyError;
    QPushButton *m_useEscapes;
    QComboBox *m_then;
    QComboBox *m_to;
    DelayEdit *m_delay;
    QComboBox *m_often;
    QSpinBox *m_times;
    CheckedEdit *m_pieces;
    DelayEdit *m_gap;
};
