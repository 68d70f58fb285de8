"""The home page, and the mails of the demo. Every other page of the site is Wagtail's; see config/urls.py."""

from django.urls import path

from cms import demo_mail, views

urlpatterns = [
    path("", views.home, name="home"),
    path("demo/mail/", demo_mail.mails, name="demo_mail"),
    path("demo/mail/<str:name>/<int:number>/", demo_mail.mail, name="demo_mail_one"),
    path("demo/mail/<str:name>/<int:number>/pagina/", demo_mail.page, name="demo_mail_page"),
    path("demo/mail/<str:name>/<int:number>/<int:part>/", demo_mail.attachment, name="demo_mail_attachment"),
]
