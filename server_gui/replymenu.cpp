// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replymenu.h"

#include "replies/replyrules.h"
#include "ruleswindow.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMenu>

ReplyMenu::ReplyMenu(QMenu *menu)
    : QObject(menu)
    , m_modes(new QActionGroup(this))
{
    menu->addSeparator();
    addMode(menu, ReplyMode::Fixed, tr("Thi&s Reply"), tr("The reply in the field answers each message."));
    m_rulesAction = addMode(menu, ReplyMode::Rules, tr("&Rules"),
                            tr("The first rule that fits answers; where none fits, the reply in the field."));
    addMode(menu, ReplyMode::Echo, tr("Ech&o"), tr("Each message is sent back."));
    addMode(menu, ReplyMode::None, tr("&Nothing"), tr("No message is answered."));
    menu->addSeparator();
    menu->addAction(tr("E&dit Rules…"), this, &ReplyMenu::edit)->setObjectName(QStringLiteral("editRules"));
    menu->addAction(tr("O&pen Rules…"), this, &ReplyMenu::chooseFile)->setObjectName(QStringLiteral("openRules"));
    connect(&m_rules, &RuleList::changed, this, &ReplyMenu::rulesChanged);
    m_modes->actions().constFirst()->setChecked(true);
    m_rulesAction->setEnabled(false);
}

QAction *ReplyMenu::addMode(QMenu *menu, ReplyMode mode, const QString &text, const QString &toolTip)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(QStringLiteral("replyMode%1").arg(int(mode)));
    action->setToolTip(toolTip);
    action->setData(int(mode));
    action->setCheckable(true);
    m_modes->addAction(action);
    connect(action, &QAction::triggered, this, &ReplyMenu::changed);
    return action;
}

ReplyMode ReplyMenu::mode() const
{
    return ReplyMode(m_modes->checkedAction()->data().toInt());
}

void ReplyMenu::setMode(ReplyMode mode)
{
    const bool isPossible = mode != ReplyMode::Rules || !m_rules.rules().isEmpty();
    m_modes->actions().at(isPossible ? qsizetype(mode) : 0)->setChecked(true);
    emit changed();
}

void ReplyMenu::rulesChanged()
{
    const qsizetype count = m_rules.rules().size();
    const bool areFirst = !m_rulesAction->isEnabled() && count > 0;
    m_rulesAction->setEnabled(count > 0);
    m_rulesAction->setText(count > 0 ? tr("&Rules (%1)").arg(count) : tr("&Rules"));
    setMode(areFirst ? ReplyMode::Rules : mode());
}

void ReplyMenu::edit()
{
    if (!m_window) {
        m_window = new RulesWindow(&m_rules, qobject_cast<QMenu *>(parent())->parentWidget()->window());
        m_window->setAttribute(Qt::WA_DeleteOnClose);
        m_window->setAnswering(mode() == ReplyMode::Rules);
        connect(m_window, &RulesWindow::answeringChosen, this,
                [this](bool isChosen) { setMode(isChosen ? ReplyMode::Rules : ReplyMode::Fixed); });
        connect(this, &ReplyMenu::changed, m_window, [this] { m_window->setAnswering(mode() == ReplyMode::Rules); });
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void ReplyMenu::chooseFile()
{
    auto *dialog =
        new QFileDialog(qobject_cast<QMenu *>(parent()), tr("Open Rules"), {}, tr("Rules (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ReplyMenu::openFile);
    dialog->open();
}

void ReplyMenu::openFile(const QString &path)
{
    m_reading.giveUp();
    m_reading.send([this, path]() -> Errand::Answer {
        const ReplyRules::Read read = ReplyRules::readFile(path);
        return [this, path, read] {
            if (!read.error.isEmpty()) {
                emit refused(tr("%1: %2").arg(path, read.error));
                return;
            }
            m_rules.load(read.rules);
            setMode(ReplyMode::Rules);
        };
    });
}

QString ReplyMenu::note() const
{
    switch (mode()) {
    case ReplyMode::Fixed:
        break;
    case ReplyMode::Rules:
        return tr("if no rule fits");
    case ReplyMode::Echo:
        return tr("echo instead");
    case ReplyMode::None:
        return tr("not sent");
    }
    return {};
}

#include "moc_replymenu.cpp"
