// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkrulesdialog.h"

#include "link/linkrules.h"
#include "picture/colors.h"
#include "ui/guide/guide.h"
#include "ui/tools/uitools.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

LinkRulesDialog::LinkRulesDialog(const QList<LinkRule> &rules, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_error(new QLabel(this))
{
    setObjectName(QStringLiteral("linkRulesDialog"));
    setWindowTitle(tr("Rules of the Network"));
    Guide::addHelpKey(*this);
    QStringList lines;
    for (const LinkRule &rule : rules)
        lines.append(LinkRules::text(rule));
    UiTools::describe(m_edit, "linkRulesEdit", tr("Rules, one in each line"));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setPlaceholderText(QStringLiteral("delay 50ms ±10ms\nloss client 2%\ndrop server data 1\nseed 7"));
    m_edit->setPlainText(lines.join(u'\n'));
    m_edit->setTabChangesFocus(true);
    UiTools::setTextColor(m_error, &Colors::error);
    m_error->setObjectName(QStringLiteral("linkRulesError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setMinimumHeight(2 * m_error->fontMetrics().lineSpacing()); // nothing moves when there is one
    auto *hint = new QLabel(tr("One rule in each line. They apply in this order."), this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &LinkRulesDialog::check);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_error);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    check();
}

void LinkRulesDialog::check()
{
    const LinkRules::Read read = LinkRules::read(m_edit->toPlainText());
    m_error->setText(read.error);
    m_ok->setEnabled(read.error.isEmpty());
    m_rules = read.rules;
}

#include "moc_linkrulesdialog.cpp"
