// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "helpwindows.h"

#include "app/version.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QMenu>
#include <QTextBrowser>
#include <QVBoxLayout>

QMenu *HelpWindows::createMenu(QWidget *window)
{
    auto *menu = new QMenu(tr("&Help"), window);
    QAction *steps = menu->addAction(tr("About the &Steps"), window, [window] { showSteps(window); });
    steps->setShortcut(QKeySequence::HelpContents);
    menu->addAction(tr("&About TCP Steps"), window, [window] { showAbout(window); });
    return menu;
}

void HelpWindows::showSteps(QWidget *window)
{
    const QString table = QStringLiteral("<table cellpadding='3'>"
                                         "<tr><td><tt>[1] Send: Hi, server! I'm client.</tt></td><td>%1</td></tr>"
                                         "<tr><td><tt>[2] Recv: Hi, server! I'm client.</tt></td><td>%2</td></tr>"
                                         "<tr><td><tt>[3] Send: Hi, client!</tt></td><td>%2</td></tr>"
                                         "<tr><td><tt>[4] Recv: Hi, client!</tt></td><td>%1</td></tr>"
                                         "<tr><td><tt>[5] Close Socket</tt></td><td>%1</td></tr>"
                                         "<tr><td><tt>[6] Close Socket</tt></td><td>%2</td></tr></table>")
                              .arg(tr("client"), tr("server"));
    show(window, tr("The Steps of a TCP Conversation"),
         tr("<p>A conversation has six steps. Each window shows those of its own end:</p>%1"
            "<p>Each end counts for itself what it has seen: sending the <i>k</i>-th message of a connection is step "
            "2<i>k</i>−1, receiving it is step 2<i>k</i>. After <i>m</i> messages the end that closes first logs "
            "step 2<i>m</i>+1, the other one 2<i>m</i>+2.</p>"
            "<p>Lines without a number are events: listening, connected, FIN received, and what went wrong.</p>"
            "<p>After the peer's FIN, this end stays in CLOSE-WAIT for the close delay (a second). It may still send; "
            "then it closes. This is the <i>four-way wave</i>: FIN, ACK, a second without segments, FIN, "
            "ACK.</p>")
             .arg(table));
}

void HelpWindows::showAbout(QWidget *window)
{
    show(window, tr("About TCP Steps"),
         tr("<h3>TCP Steps</h3><p>A server and a client hold a TCP conversation and show it: every numbered step, "
            "as it happens.</p><p>For people who learn or teach TCP, and for developers who test TCP programs.</p>"
            "<p>MIT licence. This is %1.</p>")
             .arg(Version::text()));
}

void HelpWindows::show(QWidget *window, const QString &title, const QString &html)
{
    auto *dialog = new QDialog(window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *text = new QTextBrowser(dialog);
    text->setFrameShape(QFrame::NoFrame);
    text->setHtml(html);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    const int width = dialog->fontMetrics().averageCharWidth() * 75;
    dialog->resize(width, width * 2 / 3);
    dialog->show(); // not modal
}
