// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sendmenu.h"

#include "app/program.h"
#include "messages/typedmessage.h"
#include "repeatdialog.h"
#include "ui/guide/guide.h"

#include <QInputDialog>

SendMenu::SendMenu(QWidget *parent)
    : QMenu(parent)
{
    setToolTipsVisible(true);
    m_connect = addAction(tr("&Connect without Sending"), this, &SendMenu::connectPressed);
    m_sendAgain = addAction(tr("Send &Again"), this, &SendMenu::sendAgainPressed);
    m_repeat = addAction(tr("&Repeat…"), this, &SendMenu::askForRepetition);
    m_sendBytes = addAction(tr("Send &Bytes…"), this, &SendMenu::askForCount);
    addSeparator();
    QMenu *copies = addMenu(tr("Copy as Co&mmand"));
    copies->setObjectName(QStringLiteral("copyMenu"));
    m_copies = {copies->addAction(u'&' + Program::name(Side::Client), this, &SendMenu::copyClientPressed),
                copies->addAction(tr("&nc"), this, &SendMenu::copyNetcatPressed)};
    m_sendAgain->setShortcut(Qt::CTRL | Qt::Key_R);
    m_sendAgain->setToolTip(tr("Send the last message again, whatever is in the field"));
    m_repeat->setToolTip(tr("Send the message again and again on the open connection"));
    m_sendBytes->setToolTip(tr("Send so many bytes: a to z, repeated"));
    m_connect->setObjectName(QStringLiteral("connectAction"));
    m_sendAgain->setObjectName(QStringLiteral("sendAgainAction"));
    m_repeat->setObjectName(QStringLiteral("repeatAction"));
    m_sendBytes->setObjectName(QStringLiteral("sendBytesAction"));
}

void SendMenu::setControls(const Controls &controls, bool hasSent)
{
    const bool canSend = controls.send.enabled && controls.sendAction == Controls::Action::Send;
    m_connect->setEnabled(controls.send.enabled && controls.sendAction == Controls::Action::Connect);
    m_sendAgain->setEnabled(canSend && hasSent);
    m_repeat->setEnabled(canSend);
    m_sendBytes->setEnabled(canSend);
    for (QAction *copy : std::as_const(m_copies))
        copy->setEnabled(controls.formAndMessageAreValid);
}

void SendMenu::askForRepetition()
{
    auto *dialog = new RepeatDialog(m_repetition, parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_repetition = dialog->repetition();
        emit repeatPressed(m_repetition);
    });
    dialog->open();
}

void SendMenu::askForCount()
{
    auto *dialog = new QInputDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("bytesDialog"));
    dialog->setWindowTitle(tr("Send Bytes"));
    dialog->setLabelText(tr("Number of bytes (a to z, repeated):"));
    Guide::addHelpKey(*dialog, QStringLiteral("messages#other-ways-to-send"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, int(TypedMessage::maxBytes));
    dialog->setIntValue(m_count);
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int count) {
        m_count = count;
        emit sendBytesPressed(count);
    });
    dialog->open();
}

#include "moc_sendmenu.cpp"
