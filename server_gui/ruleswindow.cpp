// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ruleswindow.h"

#include "replies/replyrules.h"
#include "ruleeditor.h"
#include "rulelist.h"
#include "ruletext.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messageformbutton.h"
#include "ui/tools/uitools.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>

namespace {

constexpr int countColumn = 1;

} // namespace

RulesWindow::RulesWindow(RuleList *rules, QWidget *parent)
    : RulesWindow(rules, new RuleEditor(parent), parent)
{
}

RulesWindow::RulesWindow(RuleList *rules, RuleEditor *editor, QWidget *parent)
    : EntryListWindow({.title = tr("Rules"),
                       .columns = {tr("Rule"), tr("Fitted")},
                       .fileFilter = tr("Rules (*.json);;All files (*)"),
                       .exported = tr("Rules exported to %1."),
                       .read = read,
                       .write = write,
                       .imported =
                           [](const QString &path, int number) {
                               return number == 1 ? tr("Imported 1 rule from %1.").arg(path)
                                                  : tr("Imported %1 rules from %2.").arg(QString::number(number), path);
                           }},
                      editor, parent)
    , m_rules(rules)
    , m_editor(editor)
    , m_answering(new QCheckBox(tr("Answer &by these rules"), this))
    , m_tried(new MessageEdit(this))
    , m_trial(new QLabel(this))
{
    setObjectName(QStringLiteral("rulesWindow"));
    UiTools::describe(m_answering, "rulesAnswer", tr("Answer by these rules"));
    m_answering->setToolTip(tr("The first rule that fits answers; where none fits, the reply in the server's window."));
    bottom()->addWidget(m_answering);
    createTrial();
    load();
    connect(m_answering, &QCheckBox::clicked, this, &RulesWindow::answeringChosen);
    connect(m_editor, &RuleEditor::edited, this, [this] { replaceCurrent(QVariant::fromValue(m_editor->rule())); });
    connect(list(), &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem *item) { takeSwitch(*item); });
    connect(m_rules, &RuleList::loaded, this, &RulesWindow::load);
    connect(m_rules, &RuleList::changed, this, &RulesWindow::tryOut);
    const auto allowAnswering = [this] { m_answering->setEnabled(!m_rules->rules().isEmpty()); };
    connect(m_rules, &RuleList::changed, this, allowAnswering);
    allowAnswering();
    connect(m_rules, &RuleList::counted, this, &RulesWindow::showCounts);
}

void RulesWindow::createTrial()
{
    auto *form = new MessageFormButton(m_tried, {}, this);
    auto *label = new QLabel(tr("Tr&y a message"), this);
    label->setBuddy(m_tried);
    UiTools::describe(m_tried, "triedMessage", tr("Message to try"));
    UiTools::describe(form, "triedMessageForm", tr("How the message to try is read"));
    UiTools::describe(m_trial, "trial", tr("What the rules make of the message"));
    m_tried->setToolTip(tr("A message as it would come from a client, without what ends it"));
    m_trial->setTextFormat(Qt::PlainText);
    m_trial->setWordWrap(true);
    m_trial->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing moves
    m_trial->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *row = new QHBoxLayout;
    row->setSpacing(UiTools::grid);
    row->addWidget(label);
    row->addWidget(m_tried, 1);
    row->addWidget(form);
    bottom()->addWidget(UiTools::line(this));
    bottom()->addLayout(row);
    bottom()->addWidget(m_trial);
    connect(m_tried, &MessageEdit::changed, this, &RulesWindow::tryOut);
    connect(m_tried, &MessageEdit::refused, m_trial, &QLabel::setText);
}

void RulesWindow::load()
{
    setEntries(entriesOf(m_rules->rules()));
}

void RulesWindow::setAnswering(bool isAnswering)
{
    m_answering->setChecked(isAnswering);
}

/// On another thread.
std::variant<QVariantList, QString> RulesWindow::read(const QString &path)
{
    ReplyRules::Read read = ReplyRules::readFile(path);
    if (!read.error.isEmpty())
        return read.error;
    for (ReplyRule &rule : read.rules)
        rule.id = 0; // RuleList gives it one
    return entriesOf(read.rules);
}

QByteArray RulesWindow::write(const QVariantList &entries)
{
    return ReplyRules::write(valuesOf<ReplyRule>(entries));
}

QVariant RulesWindow::newEntry() const
{
    return QVariant::fromValue(ReplyRule());
}

void RulesWindow::showEntry(const QVariant &entry)
{
    m_editor->setRule(entry.value<ReplyRule>());
}

void RulesWindow::describeEntry(QTreeWidgetItem &item, const QVariant &entry)
{
    const auto rule = entry.value<ReplyRule>();
    const bool isWrong = !rule.mistakes().isEmpty();
    const QString title = RuleText::title(rule, list()->indexOfTopLevelItem(&item));
    item.setCheckState(0, rule.isEnabled ? Qt::Checked : Qt::Unchecked); // first: takeSwitch() compares it
    item.setText(0, isWrong ? tr("Not used: %1").arg(title) : title);
    item.setToolTip(0, item.text(0));
    item.setText(countColumn, QString::number(m_rules->count(rule)));
    item.setTextAlignment(countColumn, Qt::AlignRight | Qt::AlignVCenter);
}

void RulesWindow::takeSwitch(QTreeWidgetItem &item)
{
    auto rule = item.data(0, Qt::UserRole).value<ReplyRule>();
    const bool isEnabled = item.checkState(0) == Qt::Checked;
    if (rule.isEnabled == isEnabled)
        return;
    rule.isEnabled = isEnabled;
    item.setData(0, Qt::UserRole, QVariant::fromValue(rule));
    if (&item == list()->currentItem())
        m_editor->setRule(rule);
    entriesChanged();
}

/// Shows their numbers, and what RuleList has given them.
void RulesWindow::entriesChanged()
{
    m_rules->update(valuesOf<ReplyRule>(entries()));
    for (qsizetype row = 0; row < m_rules->rules().size(); ++row) {
        QTreeWidgetItem *item = list()->topLevelItem(int(row));
        const auto entry = QVariant::fromValue(m_rules->rules().at(row));
        item->setData(0, Qt::UserRole, entry);
        describeEntry(*item, entry);
    }
}

void RulesWindow::showCounts()
{
    for (qsizetype row = 0; row < m_rules->rules().size(); ++row)
        list()->topLevelItem(int(row))->setText(countColumn, QString::number(m_rules->count(m_rules->rules().at(row))));
}

void RulesWindow::tryOut()
{
    m_trying.giveUp();
    if (m_tried->isEmpty() || !m_tried->mistake().isEmpty())
        return m_trial->setText(m_tried->mistake());
    m_trying.send([this, rules = m_rules->rules(), message = m_tried->bytes()]() -> Errand::Answer {
        const QString sentence = RuleText::trial(rules, message);
        return [this, sentence] { m_trial->setText(sentence); };
    });
}

#include "moc_ruleswindow.cpp"
