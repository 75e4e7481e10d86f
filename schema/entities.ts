import { AccountRelation } from './account-relation.ts'
import { Account } from './account.ts'
import { Activity } from './activity.ts'
import { Attachment } from './attachment.ts'
import { Audience } from './audience.ts'
import { Bucket } from './bucket.ts'
import { Channel } from './channel.ts'
import { Claim } from './claim.ts'
import { Cursor } from './cursor.ts'
import { Decision } from './decision.ts'
import { Device } from './device.ts'
import { Evidence } from './evidence.ts'
import { Human } from './human.ts'
import { Interaction } from './interaction.ts'
import { Membership } from './membership.ts'
import { MergeLog } from './merge-log.ts'
import { Name } from './name.ts'
import { Outbox } from './outbox.ts'
import { PersonaControl } from './persona-control.ts'
import { Persona } from './persona.ts'
import { PostLink } from './post-link.ts'
import { PostRelation } from './post-relation.ts'
import { Post } from './post.ts'
import { Service } from './service.ts'
import { SetAside } from './set-aside.ts'

/** Every entity, for MikroORM and the diagram: a list, not a door. */
export const entities = [
  Account,
  AccountRelation,
  Activity,
  Attachment,
  Audience,
  Bucket,
  Channel,
  Claim,
  Cursor,
  Decision,
  Device,
  Evidence,
  Human,
  Interaction,
  Membership,
  MergeLog,
  Name,
  Outbox,
  Persona,
  PersonaControl,
  Post,
  PostLink,
  PostRelation,
  Service,
  SetAside,
]
