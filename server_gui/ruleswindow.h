// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/tools/entrylistwindow.h"

class MessageEdit;
class QCheckBox;
class RuleEditor;
class RuleList;

/// Edits, orders, tries, imports and exports the server's rules. Shows how often each has fitted.
class RulesWindow final : public EntryListWindow
{
    Q_OBJECT
public:
    RulesWindow(RuleList *rules, QWidget *parent); ///< the list outlives the window

    void setAnswering(bool isAnswering); ///< whether the rules answer now

signals:
    void answeringChosen(bool isAnswering);

private:
    RulesWindow(RuleList *rules, RuleEditor *editor, QWidget *parent);

    static std::variant<QVariantList, QString> read(const QString &path);
    static QByteArray write(const QVariantList &entries);

    QVariant newEntry() const override;
    void showEntry(const QVariant &entry) override;
    void describeEntry(QTreeWidgetItem &item, const QVariant &entry) override;
    void entriesChanged() override;

    void createTrial();
    void takeSwitch(QTreeWidgetItem &item);
    void load();
    void showCounts();
    void tryOut();

    RuleList *m_rules;
    RuleEditor *m_editor;
    QCheckBox *m_answering;
    MessageEdit *m_tried;
    QLabel *m_trial; ///< what the rules make of it
    Errand m_trying;
};
